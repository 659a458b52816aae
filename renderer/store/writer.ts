/** One window writes. The others read, follow along, and take over when it closes. */

export interface Writer {
  holds(): boolean;
  /** Tells the other windows that the log has grown. */
  announce(): void;
  close(): void;
}

export interface WriterEvents {
  /** Another window has written. */
  readonly onAdvance: () => void;
  /** This window waited and may write now. */
  readonly onTakeOver: () => void;
}

export async function claimWriter(name: string, events: WriterEvents): Promise<Writer> {
  const channel = new BroadcastChannel(`holdfast:${name}`);
  channel.addEventListener('message', events.onAdvance);
  let holds = false;
  let pending: ReturnType<typeof setTimeout> | undefined;
  let release: () => void = () => {};
  const closed = new AbortController();
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const lock = `holdfast:${name}`;

  function tell(): void {
    clearTimeout(pending);
    pending = undefined;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin
    channel.postMessage('advance');
  }

  await new Promise<void>((settled) => {
    void navigator.locks.request(lock, { ifAvailable: true }, (granted) => {
      holds = granted !== null;
      settled();
      return granted ? held : undefined;
    });
  });
  if (!holds) {
    navigator.locks
      .request(lock, { signal: closed.signal }, () => {
        holds = true;
        events.onTakeOver();
        return held;
      })
      .catch((error: unknown) => {
        // Closing a window that still waits for the lock is the one expected end.
        if (!closed.signal.aborted) throw error;
      });
  }
  return {
    holds: () => holds,
    // Whoever waits for a commit or an import does not wait for the other windows to be told.
    announce() {
      if (!closed.signal.aborted) pending ??= setTimeout(tell, 0);
    },
    close() {
      if (pending !== undefined) tell();
      closed.abort();
      release();
      channel.close();
    },
  };
}
