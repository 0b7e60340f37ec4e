import { fromBase64 } from '@chartward/audit'
import { isObject, textOf } from './json.ts'

export type AttachmentView =
  | { readonly kind: 'text'; readonly text: string; readonly title: string | null }
  | { readonly kind: 'other'; readonly contentType: string; readonly title: string | null }

/**
 * Plain text is decoded and shown as text. Anything else is only named: nothing that a patient sent runs in
 * this page.
 */
export const attachmentView = (value: unknown): AttachmentView | null => {
  if (!isObject(value)) return null
  if (!('contentType' in value || 'data' in value || 'url' in value || 'title' in value)) return null
  const contentType = textOf(value.contentType) ?? 'unknown type'
  const title = textOf(value.title)
  const data = textOf(value.data)
  if (!/^text\/plain\b/.test(contentType) || data === null) return { kind: 'other', contentType, title }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(data))
    return { kind: 'text', text: text.trim(), title }
  } catch {
    return { kind: 'other', contentType: 'text that can not be decoded', title }
  }
}
