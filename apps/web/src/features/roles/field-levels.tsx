import {
  type FieldPath,
  fieldOf,
  pathsOf,
  READABLE_CLASSES,
  RESOURCE_TYPES,
  type ResourceType,
  resourceOf,
} from '@chartward/policy'
import { NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { fieldLabel, typeLabel } from '../../lib/fhir/labels.ts'
import { sentence } from '../../lib/format.ts'
import { type Composed, LISTS, type List, levelOf, withLevel } from './composed.ts'
import { Cell } from './permission-matrix.tsx'
import classes from './roles.module.css'

const LEVELS: Readonly<Record<List, string>> = {
  clear: 'Clear',
  partly: 'In part',
  masked: 'Masked',
  hidden: 'Not at all',
}

const isList = (value: string): value is List => LISTS.some((list) => list === value)

interface Levels {
  saved: Composed
  now: Composed
  onChange: (lists: Readonly<Record<List, readonly string[]>>) => void
}

const Level = ({
  selector,
  label,
  unset,
  saved,
  now,
  onChange,
}: Levels & { selector: string; label: string; unset: string }) => {
  const level = levelOf(now, selector)
  const part = fieldOf(selector as FieldPath)?.part
  return (
    <Cell changed={level !== levelOf(saved, selector)}>
      <NativeSelect
        size="xs"
        aria-label={label}
        value={level ?? ''}
        data={[
          { value: '', label: unset },
          ...LISTS.filter((list) => list !== 'partly' || part !== undefined).map((list) => ({
            value: list,
            label: LEVELS[list],
          })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange(withLevel(now, selector, isList(value) ? value : null))
        }
      />
    </Cell>
  )
}

const isType = (value: string): value is ResourceType => RESOURCE_TYPES.some((type) => type === value)

/** What is seen of records: each class, each type, and each field of the type that is chosen. */
export const FieldLevels = ({ errors, ...levels }: Levels & { errors: readonly ReactNode[] }) => {
  const [type, setType] = useState<ResourceType>('Patient')
  const wrong = errors.filter((error) => error !== undefined && error !== null)
  const inDirectory = resourceOf(type).compartment === 'directory'
  return (
    <div className={classes.stack} data-path="clear">
      <div className={classes.scrolls}>
        <table className={classes.table}>
          <caption className={classes.caption}>What is seen of patients’ records, by class</caption>
          <tbody>
            {READABLE_CLASSES.map((fieldClass) => (
              <tr key={fieldClass}>
                <th scope="row">{sentence(fieldClass)}</th>
                <td>
                  <Level
                    {...levels}
                    selector={`class:${fieldClass}`}
                    label={`All ${fieldClass} fields`}
                    unset="Not at all"
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <NativeSelect
        label="Fields of"
        description="What is said of a field outweighs what is said of its type or class."
        value={type}
        data={RESOURCE_TYPES.map((one) => ({ value: one, label: typeLabel(one) }))}
        onChange={({ currentTarget: { value } }) => setType(isType(value) ? value : 'Patient')}
      />
      <div className={classes.scrolls}>
        <table className={classes.table}>
          <caption className={classes.caption}>What is seen of {typeLabel(type)}, field by field</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Class</th>
              <th scope="col">Seen</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">All fields of {typeLabel(type)}</th>
              <td />
              <td>
                <Level
                  {...levels}
                  selector={`${type}.*`}
                  label={`All fields of ${typeLabel(type)}`}
                  unset={inDirectory ? 'Not at all' : 'As their classes'}
                />
              </td>
            </tr>
            {pathsOf(type)
              .filter((path) => fieldOf(path)?.class !== 'unmapped')
              .map((path) => {
                const name = fieldLabel(path.slice(path.indexOf('.') + 1))
                return (
                  <tr key={path}>
                    <th scope="row">{name}</th>
                    <td>{sentence(fieldOf(path)?.class ?? '')}</td>
                    <td>
                      <Level
                        {...levels}
                        selector={path}
                        label={`${typeLabel(type)}: ${name}`}
                        unset="As its type or class"
                      />
                    </td>
                  </tr>
                )
              })}
          </tbody>
        </table>
      </div>
      {wrong.map((error, at) => (
        <p key={LISTS[at]} role="alert" className={classes.error}>
          {error}
        </p>
      ))}
    </div>
  )
}
