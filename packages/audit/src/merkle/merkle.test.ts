import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { leafHash, nodeHash } from '../leaf.ts'
import { flipped } from '../testing/mint.ts'
import { completedNodes, EMPTY_ROOT, MerkleFrontier, rootFromLeaves, type StoredNode } from './frontier.ts'
import {
  consistencyProof,
  consistencyProofNodes,
  foldProof,
  inclusionProof,
  inclusionProofNodes,
} from './prove.ts'
import { verifyConsistency, verifyInclusion } from './verify.ts'

const MAX = 300
const leaves = Array.from({ length: MAX }, (_, i) => leafHash(utf8(`leaf ${i}`)))
const leaf = (index: number): Uint8Array => leaves[index] ?? fail(`leaf ${index}`)
const code = (expected: string) => expect.objectContaining({ name: 'AuditError', code: expected })

const fail = (what: string): never => {
  throw new Error(`the test has no ${what}`)
}

/** MTH as RFC 9162 section 2.1.1 defines it, word for word: what all else is measured against. */
const naiveRoot = (begin: number, end: number): Uint8Array => {
  if (begin === end) return EMPTY_ROOT
  if (end - begin === 1) return leaf(begin)
  let k = 1
  while (k * 2 < end - begin) k *= 2
  return nodeHash(naiveRoot(begin, begin + k), naiveRoot(begin + k, end))
}

const stored = new Map<string, Uint8Array>(leaves.map((hash, index) => [`0/${index}`, hash]))
for (const { level, index, hash } of completedNodes(new MerkleFrontier(), leaves))
  stored.set(`${level}/${index}`, hash)
const getNode = (level: number, index: number) =>
  stored.get(`${level}/${index}`) ?? fail(`node ${level}/${index}`)

const size = fc.integer({ min: 1, max: MAX })
const place = size.chain((n) => fc.record({ n: fc.constant(n), index: fc.nat(n - 1) }))
const sizes = size.chain((n) => fc.record({ n: fc.constant(n), m: fc.integer({ min: 1, max: n }) }))

describe('the tree', () => {
  it('has the root that RFC 9162 defines, at every size to 300', () => {
    const frontier = new MerkleFrontier()
    for (let n = 0; n <= MAX; n++) {
      expect(frontier.root()).toEqual(naiveRoot(0, n))
      expect(rootFromLeaves(leaves.slice(0, n))).toEqual(naiveRoot(0, n))
      expect(frontier.size).toBe(n)
      if (n < MAX) frontier.append(leaf(n))
    }
  })

  it('has the roots of the reference implementation', () => {
    const data = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const root = rootFromLeaves(data.map((hex) => leafHash(fromHex(hex))))
    expect(toHex(root)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
    expect(toHex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('names each complete interior node once, with its hash, however the leaves are batched', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 }), (batches) => {
        const frontier = new MerkleFrontier()
        const nodes: StoredNode[] = []
        for (const batch of batches) {
          const next = leaves.slice(frontier.size, frontier.size + batch)
          const before = frontier.serialise()
          nodes.push(...completedNodes(frontier, next))
          expect(frontier.serialise()).toEqual(before)
          for (const hash of next) frontier.append(hash)
        }
        let count = 0
        for (let width = 2; width <= frontier.size; width *= 2) count += Math.floor(frontier.size / width)
        expect(new Set(nodes.map(({ level, index }) => `${level}/${index}`)).size).toBe(count)
        expect(nodes).toHaveLength(count)
        for (const { level, index, hash } of nodes) {
          expect(hash).toEqual(naiveRoot(index * 2 ** level, (index + 1) * 2 ** level))
        }
      }),
      { seed: 1, numRuns: 40 },
    )
  })

  it('goes on from a serialised frontier as if it had never stopped', () => {
    fc.assert(
      fc.property(sizes, ({ n, m }) => {
        const first = new MerkleFrontier()
        for (const hash of leaves.slice(0, m)) first.append(hash)
        const resumed = MerkleFrontier.deserialise(first.serialise())
        expect(resumed.root()).toEqual(first.root())
        for (const hash of leaves.slice(m, n)) resumed.append(hash)
        expect(resumed.size).toBe(n)
        expect(resumed.root()).toEqual(naiveRoot(0, n))
        expect(first.size).toBe(m)
      }),
      { seed: 2, numRuns: 50 },
    )
  })

  it('refuses a serialised frontier that is cut, lengthened, or of an impossible size', () => {
    const frontier = new MerkleFrontier()
    for (const hash of leaves.slice(0, 11)) frontier.append(hash)
    const bytes = frontier.serialise()
    const huge = new Uint8Array(8 + 32)
    huge[0] = 0x80
    for (const spoilt of [
      bytes.subarray(0, 7),
      bytes.subarray(0, -1),
      new Uint8Array([...bytes, 0]),
      flipped(bytes, 56),
      huge,
    ]) {
      expect(() => MerkleFrontier.deserialise(spoilt)).toThrowError(code('malformed-frontier'))
    }
  })

  it('keeps its own copies: a buffer used again changes no root', () => {
    const frontier = new MerkleFrontier()
    const buffer = new Uint8Array(leaf(0))
    frontier.append(buffer)
    const copy = frontier.clone()
    buffer.fill(0)
    frontier.root().fill(0)
    expect(frontier.root()).toEqual(leaf(0))
    copy.append(leaf(1))
    expect(frontier.root()).toEqual(leaf(0))
    expect(() => frontier.append(new Uint8Array(31))).toThrowError(code('invalid-hash'))
  })
})

describe('an inclusion proof', () => {
  it('verifies for every leaf of every tree to size 64, and for others to 300', () => {
    const check = (index: number, n: number) => {
      const proof = inclusionProof(index, n, getNode)
      const claim = { index, size: n, leafHash: leaf(index), proof, root: naiveRoot(0, n) }
      expect(verifyInclusion(claim)).toBe(true)
      expect(verifyInclusion({ ...claim, index: BigInt(index), size: BigInt(n) })).toBe(true)
    }
    for (let n = 1; n <= 64; n++) for (let index = 0; index < n; index++) check(index, n)
    fc.assert(
      fc.property(place, ({ n, index }) => check(index, n)),
      { seed: 3, numRuns: 100 },
    )
  })

  it('is refused after any change of the leaf, the proof, the root or the index', () => {
    fc.assert(
      fc.property(place, fc.nat(255), fc.nat(), ({ n, index }, bit, pick) => {
        const proof = inclusionProof(index, n, getNode)
        const claim = { index, size: n, leafHash: leaf(index), proof, root: naiveRoot(0, n) }
        expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: [...proof, leaf(0)] })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: [leaf(0), ...proof] })).toBe(false)
        if (n > 1)
          expect(verifyInclusion({ ...claim, index: (index + 1 + (pick % (n - 1))) % n })).toBe(false)
        if (proof.length === 0) return
        const at = pick % proof.length
        const changed = proof.map((hash, i) => (i === at ? flipped(hash, bit) : hash))
        expect(verifyInclusion({ ...claim, proof: changed })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: proof.filter((_, i) => i !== at) })).toBe(false)
      }),
      { seed: 4, numRuns: 100 },
    )
  })

  it('is false, and never an error, for numbers that are no place in a tree', () => {
    const claim = { leafHash: leaf(0), proof: [], root: leaf(0) }
    for (const [index, n] of [
      [0, 0],
      [-1, 1],
      [1, 1],
      [0, 1.5],
      [Number.NaN, 1],
      [0, 2 ** 53],
    ] as const) {
      expect(verifyInclusion({ ...claim, index, size: n })).toBe(false)
    }
    expect(verifyInclusion({ ...claim, index: -1n, size: 1n })).toBe(false)
    expect(verifyInclusion({ ...claim, index: 0, size: 1 })).toBe(true)
  })
})

describe('a consistency proof', () => {
  it('verifies between every two sizes to 48, and between others to 300', () => {
    const check = (m: number, n: number) => {
      const proof = consistencyProof(m, n, getNode)
      const claim = { size1: m, size2: n, root1: naiveRoot(0, m), root2: naiveRoot(0, n), proof }
      expect(verifyConsistency(claim)).toBe(true)
      expect(verifyConsistency({ ...claim, size1: BigInt(m), size2: BigInt(n) })).toBe(true)
    }
    for (let n = 1; n <= 48; n++) for (let m = 1; m <= n; m++) check(m, n)
    fc.assert(
      fc.property(sizes, ({ m, n }) => check(m, n)),
      { seed: 5, numRuns: 100 },
    )
  })

  it('is refused after any change of the proof or of either root', () => {
    fc.assert(
      fc.property(sizes, fc.nat(255), fc.nat(), ({ m, n }, bit, pick) => {
        const proof = consistencyProof(m, n, getNode)
        const claim = { size1: m, size2: n, root1: naiveRoot(0, m), root2: naiveRoot(0, n), proof }
        expect(verifyConsistency({ ...claim, root1: flipped(claim.root1, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, root2: flipped(claim.root2, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...proof, leaf(0)] })).toBe(false)
        if (proof.length === 0) return
        const at = pick % proof.length
        const changed = proof.map((hash, i) => (i === at ? flipped(hash, bit) : hash))
        expect(verifyConsistency({ ...claim, proof: changed })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: proof.filter((_, i) => i !== at) })).toBe(false)
      }),
      { seed: 6, numRuns: 100 },
    )
  })

  it('is refused where an old leaf was changed and the tree built anew', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ m, n }, pick) => {
        const forged = leaves.slice(0, n).map((hash, i) => (i === pick % m ? flipped(hash, 0) : hash))
        const nodes = new Map(forged.map((hash, index) => [`0/${index}`, hash]))
        for (const { level, index, hash } of completedNodes(new MerkleFrontier(), forged))
          nodes.set(`${level}/${index}`, hash)
        const proof = consistencyProof(m, n, (level, index) => nodes.get(`${level}/${index}`) ?? fail('node'))
        const roots = { root1: naiveRoot(0, m), root2: rootFromLeaves(forged) }
        expect(verifyConsistency({ size1: m, size2: n, ...roots, proof })).toBe(false)
      }),
      { seed: 7, numRuns: 50 },
    )
  })

  it('says nothing about an empty tree', () => {
    const claim = { root1: EMPTY_ROOT, root2: EMPTY_ROOT, proof: [] }
    expect(verifyConsistency({ ...claim, size1: 0, size2: 0 })).toBe(false)
    expect(() => consistencyProof(0, 3, getNode)).toThrowError(code('invalid-range'))
  })
})

describe('the nodes of a proof', () => {
  it('are complete subtrees of the tree, and fold to the proof that is read one by one', () => {
    fc.assert(
      fc.property(sizes, ({ m, n }) => {
        const plans = [
          { nodes: inclusionProofNodes(m - 1, n), proof: inclusionProof(m - 1, n, getNode) },
          { nodes: consistencyProofNodes(m, n), proof: consistencyProof(m, n, getNode) },
        ]
        for (const { nodes, proof } of plans) {
          for (const { level, index } of nodes) expect((index + 1) * 2 ** level).toBeLessThanOrEqual(n)
          expect(
            foldProof(
              nodes,
              nodes.map(({ level, index }) => getNode(level, index)),
            ),
          ).toEqual(proof)
        }
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  it('are found for trees beyond 32 bits', () => {
    const n = 2 ** 40 + 5
    expect(inclusionProofNodes(2 ** 40 + 4, n)).toEqual([
      { level: 2, index: 2 ** 38, joinsPrevious: false },
      { level: 40, index: 0, joinsPrevious: false },
    ])
    expect(inclusionProofNodes(0, n).at(-1)).toEqual({ level: 0, index: 2 ** 40 + 4, joinsPrevious: true })
    expect(inclusionProofNodes(0n, BigInt(n))).toEqual(inclusionProofNodes(0, n))
  })

  it('are refused where there is no such leaf or size, or a hash is missing or short', () => {
    for (const [index, n] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
      [0, 2 ** 53],
    ] as const) {
      expect(() => inclusionProofNodes(index, n)).toThrowError(code('invalid-range'))
    }
    expect(() => consistencyProofNodes(4, 3)).toThrowError(code('invalid-range'))
    const nodes = inclusionProofNodes(0, 3)
    expect(() => foldProof(nodes, [leaf(1)])).toThrowError(code('invalid-range'))
    expect(() => foldProof(nodes, [leaf(1), new Uint8Array(31)])).toThrowError(code('invalid-hash'))
  })
})
