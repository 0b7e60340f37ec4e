import { REDACTED, redactDeep } from '@chartward/policy'
import pino, { type DestinationStream, type LevelWithSilent } from 'pino'
import { causesOf } from './causes.ts'
import { LOG_FORMS, type LogFacts } from './log-facts.ts'

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const

interface Write {
  /** `message` is a sentence of the code: what differs from time to time is a fact. */
  (message: string): void
  /** A key that core/log-facts.ts doesn't have does not compile, also where it comes in by a spread. */
  <F extends LogFacts>(
    facts: F & { readonly [K in Exclude<keyof F, keyof LogFacts>]: never },
    message: string,
  ): void
}

/** The process's log: one line of JSON for each call. */
export type Logger = Readonly<Record<(typeof LEVELS)[number], Write>>

/**
 * What is left of a value that has passed the catalog's redaction, which goes by keys: any text in it could
 * still be a name.
 */
const withoutText = (value: unknown): unknown => {
  if (typeof value === 'string') return REDACTED
  if (Array.isArray(value)) return value.map(withoutText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutText(item)]))
}

const isWord = (key: string): key is keyof typeof LOG_FORMS => Object.hasOwn(LOG_FORMS, key)

/**
 * A value under one of the log's own keys passes by its form; whatever else was handed over, by the
 * catalog's redaction.
 */
const kept = (key: string, value: unknown): unknown => {
  if (value === null || value === undefined) return value
  if (isWord(key)) return LOG_FORMS[key].safeParse(value).success ? value : REDACTED
  const redacted = redactDeep({ [key]: value })
  return withoutText(redacted instanceof Object ? Object.values(redacted)[0] : undefined)
}

const lineOf = (facts: object): Record<string, unknown> => {
  const { err, ...rest } = facts instanceof Error ? { err: facts } : { err: undefined, ...facts }
  const line = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, kept(key, value)]))
  return err === undefined ? line : { ...line, error: causesOf(err) }
}

/**
 * The process's logger: JSON lines to standard output, or to `destination`. Facts are checked when they are
 * written too, so that a whole patient handed to it by mistake leaves no value behind; of an error (under
 * `err`) only what core/causes.ts keeps is written.
 */
export const createLogger = (level: LevelWithSilent, destination?: DestinationStream): Logger => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const sink = destination === undefined ? pino(options) : pino(options, destination)
  const writer =
    (at: (typeof LEVELS)[number]): Write =>
    (first: object | string, message?: string): void => {
      if (!sink.isLevelEnabled(at)) return
      if (typeof first === 'string') sink[at](first)
      else sink[at](lineOf(first), message)
    }
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    fatal: writer('fatal'),
  }
}
