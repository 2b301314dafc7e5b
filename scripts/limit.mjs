// Lets a bounded number of things happen at a time.
// @ts-check

/** @typedef {<Value>(work: () => Promise<Value>) => Promise<Value>} Limit */

/** What is returned runs the work given to it, first come first served, `atOnce` at a time. @param {number} atOnce @returns {Limit} */
export function createLimit(atOnce) {
  let free = atOnce;
  /** @type {(() => void)[]} */
  const waiting = [];
  const enter = async () => {
    if (free > 0) free--;
    else await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
