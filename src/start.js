import module from 'node:module';

// Plain JavaScript, so that an old Node can read it and say what is wrong instead of crashing:
// TypeScript runs without a build from 22.18 on, and better-sqlite3 kills the process below 22.14.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Troupe needs Node 22.18 or newer; this is ${process.versions.node}. Run "npm ci" here, or install Node 24.`,
  );
  process.exit(1);
}
// What was compiled at one start is not compiled again at the next, which takes half the time then.
module.enableCompileCache?.();
switch (process.argv[2]) {
  case 'sandbox':
    await import('./sandbox/main.ts');
    break;
  case 'backup':
    await import('./backup.ts');
    break;
  case 'restore':
    await import('./restore.ts');
    break;
  case 'doctor':
    await (await import('./doctor.ts')).doctor();
    break;
  case 'reset':
    await (await import('./reset.ts')).resetCommand();
    break;
  default: {
    const { main } = await import('./main.ts');
    await main();
  }
}
