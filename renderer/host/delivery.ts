/**
 * Hands things over exactly once, to whoever listens: what comes while nobody does is kept. Screens
 * subscribe and unsubscribe as they come and go, and must not lose a file by that.
 */
export interface Delivery<T> {
  bring(items: readonly T[]): void;
  /** Returns the unsubscribe. */
  listen(listener: (items: readonly T[]) => void): () => void;
}

export function createDelivery<T>(): Delivery<T> {
  let kept: readonly T[] = [];
  const listeners: ((items: readonly T[]) => void)[] = [];
  const hand = () => {
    const last = listeners.at(-1);
    if (!last || !kept.length) return;
    const items = kept;
    kept = [];
    last(items);
  };
  return {
    bring(items) {
      kept = [...kept, ...items];
      hand();
    },
    listen(listener) {
      listeners.push(listener);
      hand();
      return () => {
        const at = listeners.lastIndexOf(listener);
        if (at >= 0) listeners.splice(at, 1);
      };
    },
  };
}
