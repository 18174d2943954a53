// Small made-up meter files.

/** Hours from the beginning of 2026 in Kuwait, in watt-hours. */
export function madeUpFile(wattHours: number[]): Buffer {
  const readings = wattHours.map((value, hour) => {
    const period = `<timePeriod><duration>3600</duration><start>${1_767_214_800 + hour * 3600}</start></timePeriod>`;
    return `<IntervalReading>${period}<value>${value}</value></IntervalReading>`;
  });
  const entries = [
    "<ReadingType><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType>",
    `<IntervalBlock>${readings.join("")}</IntervalBlock>`,
  ];
  const feed = entries.map((entry) => `<entry><content>${entry}</content></entry>`).join("");
  return Buffer.from(`<feed xmlns="http://www.w3.org/2005/Atom">${feed}</feed>`);
}

export function asFile(buffer: Buffer): { name: string; mimeType: string; buffer: Buffer } {
  return { name: "meter.xml", mimeType: "text/xml", buffer };
}

/** A picture of one point. */
export const PICTURE = {
  name: "meter.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  ),
};
