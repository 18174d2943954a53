// The demo's accounts, as `adad seed` makes them.

/** A villa in Kuwait: electricity and water, a digital meter. */
export const VILLA = "100200300";
/** A home in Riyadh: tax and a meter fee, another holder. */
export const RIYADH = "";
