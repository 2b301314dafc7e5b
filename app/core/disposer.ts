// Ownership as a value: whoever subscribes or acquires gets back the function that ends it.

export type Disposer = () => void;

/** Collects disposers and runs them once, last acquired first. */
export class Disposers {
  #disposers: Disposer[] = [];

  add(disposer: Disposer): Disposer {
    this.#disposers.push(disposer);
    return disposer;
  }

  dispose(): void {
    const disposers = this.#disposers;
    this.#disposers = [];
    for (const disposer of disposers.reverse()) disposer();
  }
}
