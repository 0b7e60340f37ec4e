import { MOST_UPLOAD_BYTES, uploadSourceName } from '@chartward/contract'
import { TextInput, VisuallyHidden } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import { FileField } from '../../components/file-field.tsx'
import { fileTrouble } from '../../lib/file-trouble.ts'
import { formatBytes } from '../../lib/format.ts'
import { serverNow } from '../../lib/session/server-clock.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { useNow } from '../../lib/use-now.ts'
import classes from './imports.module.css'
import { sendFile } from './send-file.ts'
import { sendingWords } from './words.ts'

const SCHEMA = z.strictObject({ source: uploadSourceName })
const SAYS = { source: 'Lower-case letters, digits and dashes, a letter or digit first.' }

interface Sent {
  readonly bytes: number
  readonly since: number
}

/** A file and the system that it is from; how far it is sent while it is. Leaving breaks it off. */
export const UploadForm = () => {
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const [sent, setSent] = useState<Sent | null>(null)
  const ending = useRef(new AbortController())
  useEffect(() => () => ending.current.abort(), [])
  const { act, pending, failure } = useAct({
    mutationFn: async (given: { readonly source: string; readonly file: File }) => {
      // Whoever has to sign in again is asked before anything is sent.
      await client.uploads.list.query({})
      setSent({ bytes: 0, since: serverNow() })
      return sendFile({
        ...given,
        onSent: (bytes) => setSent((before) => before && { ...before, bytes }),
        signal: ending.current.signal,
      })
    },
    refresh: [{ queryKey: trpc.uploads.list.queryKey() }],
    onDone: ({ id }) => void navigate({ to: '/imports', search: { upload: id }, replace: true }),
  })
  const fields = useContractForm({
    schema: SCHEMA,
    start: { source: '' },
    input: ({ source }) => ({ source: source.trim() }),
    says: SAYS,
    failure,
  })
  const trouble = fileTrouble(file, { most: MOST_UPLOAD_BYTES, smaller: 'Zip it, or upload it in parts.' })
  return (
    <DialogForm
      confirm="Upload"
      fields={fields}
      pending={pending}
      onSubmit={({ source }) => {
        setTried(true)
        if (file !== null && trouble === null) act({ source, file })
      }}
    >
      <div>
        The records come in as untrusted: they make new patients of this system, change nothing of another
        one, and give nobody access to a patient. You can withdraw them.
      </div>
      <TextInput
        label="System that the file is from"
        description="What you call it, always the same: ids of one system are not those of another. Not the name of a person."
        placeholder="clinic"
        required
        withAsterisk={false}
        disabled={pending}
        {...fields.field('source')}
      />
      <FileField
        file={file}
        wrong={tried ? trouble : null}
        disabled={pending}
        accept=".json,.ndjson,.jsonl,.gz"
        hint={`FHIR R4: a Bundle, or resources line by line (.json, .ndjson), also as .gz. Up to ${formatBytes(MOST_UPLOAD_BYTES)}.`}
        onFile={setFile}
      />
      {pending && sent !== null && file !== null ? <Sending sent={sent} total={file.size} /> : null}
    </DialogForm>
  )
}

/** Read out once a quarter, not at each step. */
const Sending = ({ sent, total }: { sent: Sent; total: number }) => {
  const now = useNow(1000)
  const quarter = Math.floor((sent.bytes * 4) / total) * 25
  return (
    <div>
      <progress className={classes.bar} aria-label="Sent" value={sent.bytes} max={total} />
      <div aria-hidden="true">{sendingWords(sent.bytes, total, (now - sent.since) / 1000)}</div>
      <VisuallyHidden role="status">{`${quarter} percent sent`}</VisuallyHidden>
      <div className={classes.quiet}>
        Leave this open until the file is sent. The import goes on without it.
      </div>
    </div>
  )
}
