export * from './claim-amounts.ts'
/** What the console needs of this package, without the population, the reader and the mapping. */
export * from './current.ts'
export * from './title.ts'
