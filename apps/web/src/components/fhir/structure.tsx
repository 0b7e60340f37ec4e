import type { ReactNode } from 'react'
import { dosagesText } from '../../lib/fhir/dosage.ts'
import { isObject } from '../../lib/fhir/json.ts'
import { fieldLabel } from '../../lib/fhir/labels.ts'
import { structureText } from '../../lib/fhir/text.ts'
import { countOf } from '../../lib/format.ts'
import { Attachment } from './attachment.tsx'
import classes from './fhir.module.css'

/** More parts than this are folded: an explanation of benefit has hundreds. */
const OPEN_PARTS = 6

/** A structure without a datatype of its own, as nested lists; parts that are datatypes in one line each. */
export const Structure = ({ value }: { value: unknown }): ReactNode => {
  const text = structureText(value) ?? dosagesText(value)
  if (text !== null) return text
  if (Array.isArray(value)) return <Parts items={value} />
  if (!isObject(value)) return null
  if ('attachment' in value) return <Attachment value={value.attachment} />
  return (
    <dl className={classes.structure}>
      {Object.entries(value).map(([key, part]) => (
        <div key={key}>
          <dt>{fieldLabel(key)}</dt>
          <dd>
            <Structure value={part} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Parts = ({ items }: { items: readonly unknown[] }) => {
  const lines = items.map(structureText)
  if (lines.every((line) => line !== null) && items.length <= OPEN_PARTS) return lines.join(', ')
  const list = (
    <ol className={classes.parts}>
      {items.map((item, index) => (
        <li key={index}>
          <Structure value={item} />
        </li>
      ))}
    </ol>
  )
  if (items.length <= OPEN_PARTS) return list
  return (
    <details>
      <summary>{countOf(items.length, 'part')}</summary>
      {list}
    </details>
  )
}
