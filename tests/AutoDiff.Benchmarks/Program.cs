using System.CommandLine;
using AutoDiff.Benchmarks;

var root = new RootCommand("Benchmarks of AutoDiff: against peers, against the machine, over sizes.") { CompareCommand.Create() };
return root.Parse(args).Invoke();
