/** What is known of a container, network, port or service as labelled rows: tooltips, hovers and the drawing's details. */
export { containerFacts } from '#views/facts/container';
export { networkFacts } from '#views/facts/network';
export { portFacts } from '#views/facts/port';
export { serviceFacts } from '#views/facts/service';

/** One row. Labels and words are in the user's language; values of the engine are verbatim and NOT escaped. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What a copy hands over; only where copying makes sense. The value is then shown monospaced. */
  readonly copy?: string;
}
