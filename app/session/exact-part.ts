// Parts of a length that can be taken away from it, and from all that is shorter, without rounding.

/**
 * The multiple of the last bit of `whole` next to `part`. For every x from there to the whole, `x - part` is then exact, so
 * that adding the part again gives x. Both not negative, `part` not above `whole`.
 */
export const exactPart = (whole: number, part: number): number => part + whole - whole;
