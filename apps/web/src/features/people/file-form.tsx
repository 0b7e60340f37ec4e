import { MOST_PEOPLE, MOST_PEOPLE_BYTES, peopleColumn } from '@chartward/contract'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import { FileField } from '../../components/file-field.tsx'
import { fileTrouble } from '../../lib/file-trouble.ts'
import { formatBytes, formatCount } from '../../lib/format.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import classes from './people.module.css'

const SCHEMA = z.strictObject({})

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** A file of people, and what it has to be. Sending it changes nothing: what it would do is shown next. */
export const FileForm = () => {
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const { act, pending, failure } = useAct({
    mutationFn: async (given: File) => client.people.importFile.mutate({ file: await base64Of(given) }),
    refresh: [{ queryKey: trpc.people.list.queryKey() }],
    onDone: ({ id }) => void navigate({ to: '/people/$id', params: { id }, replace: true }),
  })
  const fields = useContractForm({ schema: SCHEMA, start: {}, input: () => ({}), failure })
  const trouble = fileTrouble(file, { most: MOST_PEOPLE_BYTES, smaller: 'Send it in parts.' })
  return (
    <DialogForm
      confirm="Show what it would do"
      fields={fields}
      pending={pending}
      onSubmit={() => {
        setTried(true)
        if (file !== null && trouble === null) act(file)
      }}
    >
      <div>
        A CSV file in UTF-8 with a header and up to {formatCount(MOST_PEOPLE)} lines. Nothing is changed by
        sending it: you see line by line what it would do, and somebody else has to agree before it is done.
      </div>
      <dl className={classes.columns}>
        <dt>Columns</dt>
        <dd>
          <code>{peopleColumn.options.join(',')}</code>, each once, in any order.
        </dd>
        <dt>An empty cell</dt>
        <dd>
          leaves what is there; <code>-</code> takes it away.
        </dd>
        <dt>Manager</dt>
        <dd>the address or employee number of a user, or of another line.</dd>
        <dt>Roles</dt>
        <dd>
          all that are held afterwards: <code>nurse until YYYY-MM-DD; billing</code>
        </dd>
        <dt>Status</dt>
        <dd>
          <code>active</code> or <code>deactivated</code>.
        </dd>
      </dl>
      <FileField
        file={file}
        wrong={tried ? trouble : null}
        disabled={pending}
        accept=".csv,text/csv"
        hint={`Up to ${formatBytes(MOST_PEOPLE_BYTES)}.`}
        onFile={setFile}
      />
    </DialogForm>
  )
}
