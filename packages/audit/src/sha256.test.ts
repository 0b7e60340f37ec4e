import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '#sha256'
import { toHex, utf8 } from './bytes.ts'
import { sha256 as noble } from './sha256-noble.ts'
import { sha256 as node } from './sha256-node.ts'

describe('sha256', () => {
  it('is the same function in Node and in a browser, for any number of parts', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (parts) => {
        expect(node(...parts)).toEqual(noble(...parts))
        expect(node(...parts)).toEqual(node(new Uint8Array(parts.flatMap((part) => [...part]))))
      }),
      { seed: 1 },
    )
  })

  it('is SHA-256 (FIPS 180-4 example)', () => {
    expect(toHex(sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('gives plain bytes and not a Buffer, whose methods differ', () => {
    for (const hash of [node(utf8('a')), node(utf8('a'), utf8('b')), noble(utf8('a'))]) {
      expect(Object.getPrototypeOf(hash)).toBe(Uint8Array.prototype)
    }
  })
})

describe('the package', () => {
  it('reaches for Node in sha256-node.ts alone, so that a browser can run the rest', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url))
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\//.test(file),
    )
    const usesNode = sources.filter((file) =>
      /['"]node:|\bBuffer\b\(|\bprocess\./.test(readFileSync(`${folder}${file}`, 'utf8')),
    )
    expect(usesNode).toEqual(['sha256-node.ts'])
  })
})
