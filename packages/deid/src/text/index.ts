export type { KnownValues } from './known/values.ts'
export { createScrubber, type Scrubbed, type Scrubber, type ScrubberOptions } from './scrubber.ts'
export type { ScrubSpan } from './spans.ts'
