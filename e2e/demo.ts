// The demo's accounts, as `crates/server/data/demo.toml` has them.

/** A flat in Salmiya: electricity in tiers, water, a bill to pay. Its holder has a house too. */
export const FLAT = "100217783";
/** That house, in Yarmouk; nothing is owed for it. */
export const HOUSE = "100214406";
/** A villa in Riyadh of another holder: tax and a meter fee. */
export const RIYADH = "30061250948";
/** A shop with a mechanical meter. */
export const SHOP = "100238150";
/** A prepaid flat in Hawalli of the same holder as the flat in Salmiya. */
export const HAWALLI = "100241907";
/** A house in Sabah Al-Ahmad: its holder is a citizen, owes more than the limit and was warned. */
export const DEBTOR = "100253618";
/** A flat in Farwaniya: its holder is no citizen and has one bill to pay. */
export const RESIDENT = "100260475";
