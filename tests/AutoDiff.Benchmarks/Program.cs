using System.CommandLine;
using AutoDiff.Benchmarks;
using BenchmarkDotNet.Running;

if (Surroundings.Missing() is { Count: > 0 } missing)
    return Child.Instead(args, missing);

Command[] commands =
[
    CompareCommand.Create(),
    BlasCommand.Create(),
    CurveCommand.Create(),
    FoldCommand.Create(),
    BatchesCommand.Create(),
    StartupCommand.Create(),
    FirstCommand.Create(),
    FunctionsCommand.Create(),
    RandomCommand.Create(),
    SearchCommand.Create(),
    KillsCommand.Create(),
    HostileCommand.Create(),
];
var own = new RootCommand(
    "Benchmarks: against peers, against the machine, over sizes. 'bench', or no command: BenchmarkDotNet, whose options then hold."
);
foreach (var command in commands)
    own.Add(command);
if (args.Length > 0 && (args[0] is "-h" or "--help" or "-?" || Array.Exists(commands, command => command.Name == args[0])))
    return own.Parse(args).Invoke();

// In this process, whose build is what is measured: projects generated for other processes would inherit the repository's build settings.
BenchmarkSwitcher.FromAssembly(typeof(Call).Assembly).Run(["--inProcess", .. args is ["bench", .. var rest] ? rest : args]);
return 0;
