import { type UPLOAD_TYPES, type UploadAnswer, uploadAnswer } from '@chartward/contract'
import { TRPCClientError } from '@trpc/client'

type UploadType = (typeof UPLOAD_TYPES)[number]

/** RFC 1952 section 2.3.1. */
const GZIP = [0x1f, 0x8b] as const

/** What a file is, by its first bytes where they tell, else by its name, which itself is not sent. */
export const typeOf = async (file: File): Promise<UploadType> => {
  const head = new Uint8Array(await file.slice(0, GZIP.length).arrayBuffer())
  if (GZIP.every((byte, at) => head[at] === byte)) return 'application/gzip'
  return /\.(ndjson|jsonl)$/i.test(file.name) ? 'application/fhir+ndjson' : 'application/fhir+json'
}

interface Sending {
  readonly file: File
  readonly source: string
  /** Is told how many bytes are on their way. */
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
}

/**
 * Sends a file as it is. Rejects as a call of the API does: with what the server says, or as out of reach.
 * The page's own `fetch` can't tell how much has been sent.
 */
export const sendFile = async ({ file, source, onSent, signal }: Sending): Promise<UploadAnswer> => {
  const type = await typeOf(file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const unreachable = () => reject(new TRPCClientError('The upload broke off.'))
    request.open('POST', `/uploads/${source}`)
    request.setRequestHeader('content-type', type)
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () => {
      const answer = answerIn(request.responseText)
      const uploaded = uploadAnswer.safeParse(answer)
      if (request.status === 201 && uploaded.success) resolve(uploaded.data)
      else reject(refusalIn(answer))
    }
    request.onerror = unreachable
    request.onabort = unreachable
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

const answerIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The error of a route, as that of a procedure: code, sentence and the request's id. */
const refusalIn = (answer: unknown): TRPCClientError<never> => {
  const { message } = Object(answer)
  if (typeof message !== 'string') return new TRPCClientError('The upload broke off.')
  return TRPCClientError.from({ error: { code: -32_600, message, data: answer } } as never)
}
