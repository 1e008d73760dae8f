/** How long a verification may take, and when it gives others a turn (bundle.md, section 6). */

/** A file takes more time than a bundle of its size does. */
export class GivenUp extends Error {}

const BASE = 60_000;
const MILLISECONDS_PER_BYTE = 1000 / 2_000_000;
const TURN = 30;

export class Pace {
  private readonly end: number;
  private last = performance.now();

  constructor(size: number) {
    this.end = this.last + BASE + size * MILLISECONDS_PER_BYTE;
    this.expired = this.expired.bind(this);
  }

  /** Give up where the time is over. */
  expired(): void {
    if (performance.now() > this.end) throw new GivenUp();
  }

  /** Give the event loop a turn, where the last is long ago. */
  async turn(): Promise<void> {
    const now = performance.now();
    if (now - this.last < TURN) return;
    this.expired();
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.last = performance.now();
  }
}
