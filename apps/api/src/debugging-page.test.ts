import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { integrityCode, kmsProblem } from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import { ERRORS } from './core/errors.ts'
import { LOG_FORMS } from './core/log-facts.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PAGE = readFileSync(join(ROOT, 'docs/debugging.md'), 'utf8')

/** What stands in the first column of the tables under a heading, in backticks. */
const named = (heading: string): string[] => {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, code = '']) => code)
}

const SOURCES = ['apps/api/src', 'packages/audit/src']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))

/**
 * Everything that `pattern` finds in the source, wherever it has been moved to. Finding nothing is a failure.
 */
const inSource = (pattern: RegExp): string[] => {
  const found = SOURCES.flatMap((text) => [...text.matchAll(pattern)].map(([, part = '']) => part))
  if (found.length === 0) throw new Error(`nothing in the source is ${pattern}`)
  return found
}

const quoted = (text: string): string[] => [...text.matchAll(/'([a-z-]+)'/g)].map(([, word = '']) => word)

/**
 * The words of a type that is a closed list: `type Name = 'a' | 'b'`, up to the empty line or the
 * next declaration.
 */
const wordsOf = (type: string): string[] =>
  inSource(new RegExp(`type ${type} =([^{}]*?)\\n(?:\\n|export|const|type)`, 'g')).flatMap(quoted)

const asSet = (codes: readonly string[]): string[] => [...new Set(codes)].toSorted()

describe('docs/debugging.md', () => {
  it('has no key and no code twice, but exit codes by command', () => {
    for (const heading of PAGE.matchAll(/^## (.*)$/gm)) {
      const codes = named(heading[1] ?? '')
      if (heading[1] !== 'Exit codes') expect(codes).toEqual([...new Set(codes)])
    }
  })

  it.each<[string, () => readonly string[]]>([
    [
      'A log line',
      () => [
        ...Object.keys(LOG_FORMS),
        ...['level', 'time', 'msg', 'error'],
        ...inSource(/interface Cause \{([^}]*)\}/g).flatMap((text) =>
          [...text.matchAll(/readonly (\w+)\??:/g)].map(([, key = '']) => key),
        ),
      ],
    ],
    ['What a caller was told', () => Object.keys(ERRORS)],
    ['Faults that stop the sequencer', () => wordsOf('LogFaultCode')],
    ['Faults that a follower stands before', () => wordsOf('FollowerFaultCode')],
    [
      'Why an entry was quarantined',
      () => [
        ...inSource(/problemOf = \(([\s\S]*?)\n\}/g)
          .flatMap(quoted)
          .filter((word) => word !== 'isOwn'),
        ...wordsOf('KeyProblem'),
        ...inSource(/interface RowProblem \{[^}]*?code: ([^\n]*)/g).flatMap(quoted),
      ],
    ],
    ['What the integrity check finds', () => integrityCode.options],
    [
      'What is wrong with an exported log',
      () => [...wordsOf('LogProblemCode'), ...inSource(/code: LogProblemCode \| ([^\n]*)/g).flatMap(quoted)],
    ],
    [
      'What is wrong with a signed bundle',
      () => [...wordsOf('BundleErrorCode'), 'unreadable', 'malformed-key'],
    ],
    ['What is wrong with a log store', () => wordsOf('StoreProblemCode')],
    ['Why a build gave no release', () => wordsOf('BuildFailure')],
    ['Why a key store gives no key', () => kmsProblem.options],
    [
      'Exit codes',
      () => [
        ...inSource(/exitCode = (\d+)/g),
        ...inSource(/exitCode: ([\d |]+)/g).flatMap((text) => text.match(/\d+/g) ?? []),
        ...inSource(/const EXIT = \{([^}]*)\}/g).flatMap((text) => text.match(/\d+/g) ?? []),
        ...inSource(/const CANCELLED = (\d+)/g),
      ],
    ],
  ])('names under "%s" what the code has, and nothing else', (heading, codes) => {
    expect(asSet(named(heading))).toEqual(asSet(codes()))
  })
})

describe('the words of the log', () => {
  it('are those of the lists that they are taken from', () => {
    expect(asSet([...LOG_FORMS.fault.values])).toEqual(
      asSet([...wordsOf('LogFaultCode'), ...wordsOf('FollowerFaultCode')]),
    )
    expect(asSet([...LOG_FORMS.failure.values])).toEqual(asSet(wordsOf('BuildFailure')))
  })
})
