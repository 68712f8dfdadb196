namespace AutoDiff.Generators;
