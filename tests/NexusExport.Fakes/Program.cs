using NexusExport.Fakes;

return await FakeProgram.RunAsync(args, Console.In, Console.Out);
