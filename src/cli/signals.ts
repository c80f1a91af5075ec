const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs something synchronous that must not be cut in half: a signal that comes meanwhile ends the process afterwards.
 */
export function holdingSignals<T>(action: () => T): T {
  let interrupted: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => void (interrupted = signal);
  for (const signal of SIGNALS) process.on(signal, hold);
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, hold);
    if (interrupted) process.kill(process.pid, interrupted);
  };
  try {
    return action();
  } finally {
    // Node delivers a signal when it next waits for events, which lies between the two.
    setImmediate(() => setImmediate(release));
  }
}
