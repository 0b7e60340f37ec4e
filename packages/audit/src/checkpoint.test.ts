import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'
import { toHex } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { formatVerifierKey, noteText, parseVerifierKey, signNote, verifyNote } from './signed-note.ts'
import { flipped, KEY, mintCheckpoint, mintKey, ORIGIN, VERIFIER_KEY } from './testing/mint.ts'

const root = new Uint8Array(32).fill(7)
const text = formatCheckpoint({ origin: ORIGIN, size: 12, root })
const note = mintCheckpoint(12, root)
const code = (expected: string) => expect.objectContaining({ name: 'AuditError', code: expected })

describe('a checkpoint', () => {
  it('verifies with the key of its log, and says origin, size and root', async () => {
    expect(await verifyCheckpoint(note, VERIFIER_KEY)).toEqual({ origin: ORIGIN, size: 12, root })
    expect(noteText(note)).toBe(`${ORIGIN}\n12\n${toBase64(root)}\n`)
  })

  it('is read as the C2SP specification prints one', () => {
    const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const checkpoint = parseCheckpoint(example)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
    expect(formatCheckpoint(checkpoint)).toBe(example)
    expect(parseCheckpoint(`${example}extension\n`)).toEqual(checkpoint)
  })

  it('does not verify after a change of any byte of its text', async () => {
    for (let at = 0; at < text.length; at++) {
      const changed = `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`
      await expect(verifyCheckpoint(changed, VERIFIER_KEY), `byte ${at}`).rejects.toMatchObject({
        name: 'AuditError',
      })
    }
  })

  it('does not verify after a change of any bit of its signature', async () => {
    const encoded = note.trimEnd().split(' ').at(-1) ?? ''
    const bytes = fromBase64(encoded)
    for (let bit = 0; bit < bytes.length * 8; bit += 3) {
      const changed = note.replace(encoded, toBase64(flipped(bytes, bit)))
      const expected = bit < 32 ? 'missing-signature' : 'signature-invalid'
      await expect(verifyCheckpoint(changed, VERIFIER_KEY)).rejects.toThrowError(code(expected))
    }
  })

  it('of another key under the same name is not taken for signed', async () => {
    const forged = mintCheckpoint(12, root, mintKey(2))
    await expect(verifyCheckpoint(forged, VERIFIER_KEY)).rejects.toThrowError(code('missing-signature'))
  })

  it('is not taken from the key of another log', async () => {
    const other = formatVerifierKey('other.example/log', KEY.publicKey)
    const crossed = signNote(text, 'other.example/log', KEY.sign, KEY.publicKey)
    await expect(verifyCheckpoint(crossed, other)).rejects.toThrowError(code('origin-mismatch'))
    expect(() => signCheckpoint(text, 'other.example/log', KEY.sign, KEY.publicKey)).toThrowError(
      code('origin-mismatch'),
    )
  })

  it('verifies with cosignatures of unknown keys beside it, in any order', async () => {
    const [, cosignature] = signNote(text, 'witness.example', mintKey(3).sign, mintKey(3).publicKey).split(
      '\n\n',
    )
    const [, own] = note.split('\n\n')
    for (const signatures of [`${own}${cosignature}`, `${cosignature}${own}`]) {
      expect(await verifyCheckpoint(`${text}\n${signatures}`, VERIFIER_KEY)).toMatchObject({ size: 12 })
    }
  })

  it('is refused whole where one of two signatures of its key is wrong', async () => {
    const encoded = note.trimEnd().split(' ').at(-1) ?? ''
    const wrong = `— ${ORIGIN} ${toBase64(flipped(fromBase64(encoded), 100))}\n`
    await expect(verifyCheckpoint(`${note}${wrong}`, VERIFIER_KEY)).rejects.toThrowError(
      code('signature-invalid'),
    )
  })

  const line = toBase64(root)
  it.each([
    ['no lines', ''],
    ['two lines', `${ORIGIN}\n12\n`],
    ['no final newline', `${ORIGIN}\n12\n${line}`],
    ['an empty origin', `\n12\n${line}\n`],
    ['an empty extension line', `${ORIGIN}\n12\n${line}\n\n`],
    ['a size with a leading zero', `${ORIGIN}\n012\n${line}\n`],
    ['a size with a sign', `${ORIGIN}\n+12\n${line}\n`],
    ['a size that is no safe integer', `${ORIGIN}\n9007199254740992\n${line}\n`],
    ['a short root', `${ORIGIN}\n12\n${toBase64(new Uint8Array(31))}\n`],
    ['a root that is not strict base64', `${ORIGIN}\n12\n${line.slice(0, -2)}d=\n`],
  ])('with %s is refused', (_, spoilt) => {
    expect(() => parseCheckpoint(spoilt)).toThrowError(code('malformed-checkpoint'))
  })

  it('is not written with an origin of two lines, a short root or an impossible size', () => {
    for (const head of [
      { origin: 'a\nb', size: 1, root },
      { origin: 'a', size: 1, root: root.subarray(1) },
    ]) {
      expect(() => formatCheckpoint(head)).toThrowError(code('malformed-checkpoint'))
    }
    for (const size of [-1, 0.5, 2n ** 64n]) {
      expect(() => formatCheckpoint({ origin: 'a', size, root })).toThrowError(code('malformed-checkpoint'))
    }
    expect(formatCheckpoint({ origin: 'a', size: 5n, root })).toBe(
      formatCheckpoint({ origin: 'a', size: 5, root }),
    )
  })
})

describe('a verifier key', () => {
  it('comes back from its text', () => {
    expect(parseVerifierKey(VERIFIER_KEY)).toMatchObject({ name: ORIGIN, publicKey: KEY.publicKey })
    expect(VERIFIER_KEY).toBe(
      `${ORIGIN}+${toHex(parseVerifierKey(VERIFIER_KEY).keyId)}+${VERIFIER_KEY.split('+').slice(2).join('+')}`,
    )
  })

  it('is refused where name, id and key do not belong together, or the algorithm is another', () => {
    const [name, id, key = ''] = VERIFIER_KEY.split(/\+(.{8})\+/)
    const other = `${toBase64(new Uint8Array([4, ...KEY.publicKey]))}`
    const spoilt = [
      `x${VERIFIER_KEY}`,
      `${name}+00000000+${key}`,
      `${name}+${id}+${other}`,
      `${name}+${id}`,
      '',
      `${name}+${id}+${key}=`,
    ]
    for (const text of spoilt) expect(() => parseVerifierKey(text)).toThrowError(code('malformed-key'))
    for (const bad of ['', 'a b', 'a+b', 'a\u2003b', 'a\nb']) {
      expect(() => formatVerifierKey(bad, KEY.publicKey)).toThrowError(code('malformed-key'))
    }
  })
})

describe('a signed note', () => {
  // The example in the documentation of Go's golang.org/x/mod/sumdb/note, an independent implementation.
  const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const goText =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const goNote = `${goText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

  it('of another implementation verifies, and not when changed', async () => {
    expect(await verifyNote(goNote, goKey)).toBe(goText)
    await expect(verifyNote(goNote.replace('answer', 'Answer'), goKey)).rejects.toThrowError(
      code('signature-invalid'),
    )
  })

  it('ends its text at the last blank line, so that a blank line can smuggle nothing in', async () => {
    const smuggled = `evil\n\n${goNote}`
    expect(noteText(smuggled)).toBe(`evil\n\n${goText}`)
    await expect(verifyNote(smuggled, goKey)).rejects.toThrowError(code('signature-invalid'))
  })

  it.each([
    ['no signature', goText],
    ['nothing after the blank line', `${goText}\n`],
    ['no final newline', goNote.trimEnd()],
    ['a hyphen for the dash', goNote.replace('—', '-')],
    ['a signature that is not base64', goNote.replace('JnAM=', 'JnA!=')],
    ['a third word in a signature line', goNote.replace('AM=\n', 'AM= x\n')],
    ['a control character', `\t${goNote}`],
    ['a lone surrogate', `\ud800${goNote}`],
    ['too many signatures', `${goNote}${'— a AAAAAAA=\n'.repeat(200)}`],
    ['too many characters', `${'x'.repeat(1_000_000)}${goNote}`],
  ])('with %s is refused', async (_, spoilt) => {
    await expect(verifyNote(spoilt, goKey)).rejects.toThrowError(code('malformed-note'))
  })
})
