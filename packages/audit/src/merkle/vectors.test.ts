import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromBase64 } from '../base64.ts'
import { lacksSharedData, SHARED_DATA } from '../testing/shared-data.ts'
import { verifyConsistency, verifyInclusion } from './verify.ts'

interface Case {
  file: string
  wantErr: boolean
  hash: (key: string) => Uint8Array
  integer: (key: string) => bigint
  proof: Uint8Array[]
}

/** Integers are read as text first: 2^64 - 1 does not survive JSON.parse. */
const readCase = (folder: string, file: string): Case => {
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  const json: Record<string, unknown> = JSON.parse(text.replaceAll(/("\w+": )(\d+)/g, '$1"$2"'))
  const proof = json.proof === null ? [] : json.proof
  if (!Array.isArray(proof) || typeof json.wantErr !== 'boolean') throw new Error(`not a case: ${file}`)
  return {
    file,
    wantErr: json.wantErr,
    hash: (key) => fromBase64(String(json[key])),
    integer: (key) => BigInt(String(json[key])),
    proof: proof.map((hash) => fromBase64(String(hash))),
  }
}

const readCases = (kind: 'inclusion' | 'consistency'): Case[] => {
  const folder = `${SHARED_DATA}merkle/testdata/${kind}`
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  )
  return files.sort().map((file) => readCase(folder, file))
}

const inclusion = readCases('inclusion')
const consistency = readCases('consistency')

describe.skipIf(lacksSharedData('merkle'))(
  'RFC 9162 vectors (skipped where ../shared/data/merkle is absent)',
  () => {
    it('are all 196, good ones among them', () => {
      expect(inclusion.length + consistency.length).toBe(196)
      expect(inclusion.some((vector) => !vector.wantErr)).toBe(true)
      expect(consistency.some((vector) => !vector.wantErr)).toBe(true)
    })

    it.each(inclusion)('inclusion $file: refused $wantErr', ({ integer, hash, proof, wantErr }) => {
      const claim = {
        index: integer('leafIdx'),
        size: integer('treeSize'),
        leafHash: hash('leafHash'),
        root: hash('root'),
      }
      expect(verifyInclusion({ ...claim, proof })).toBe(!wantErr)
    })

    it.each(consistency)('consistency $file: refused $wantErr', ({ integer, hash, proof, wantErr }) => {
      const claim = {
        size1: integer('size1'),
        size2: integer('size2'),
        root1: hash('root1'),
        root2: hash('root2'),
      }
      expect(verifyConsistency({ ...claim, proof })).toBe(!wantErr)
    })
  },
)
