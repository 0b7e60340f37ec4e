import { type DragEvent, useId, useState } from 'react'
import { formatBytes } from '../lib/format.ts'
import classes from './file-field.module.css'

interface FileFieldProps {
  file: File | null
  /** What the file can't be sent for. */
  wrong: string | null
  disabled: boolean
  /** Endings and types that the browser offers first. */
  accept: string
  /** What file it has to be. */
  hint: string
  onFile: (file: File | null) => void
}

/** A file by its button, or dropped there. */
export const FileField = ({ file, wrong, disabled, accept, hint, onFile }: FileFieldProps) => {
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!disabled) onFile(event.dataTransfer.files[0] ?? null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever can't drop a file has the button in it.
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id} className={classes.label}>
        File
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-describedby={`${id}-says`}
        aria-invalid={wrong !== null}
        onChange={({ currentTarget }) => onFile(currentTarget.files?.[0] ?? null)}
      />
      <div id={`${id}-says`} className={wrong === null ? classes.quiet : classes.wrong}>
        {wrong ??
          (file === null ? (
            `${hint} Or drop it here.`
          ) : (
            <>
              <code>{file.name}</code>, {formatBytes(file.size)}. Its name is not sent.
            </>
          ))}
      </div>
    </div>
  )
}
