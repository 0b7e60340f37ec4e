import { useForm } from '@mantine/form'
import { type FocusEvent, useEffect } from 'react'
import type * as z from 'zod/mini'
import type { Failure } from './errors.ts'
import { noteForm } from './session/typed.ts'
import { type Says, troublesIn } from './troubles.ts'

type Value = string | boolean | readonly string[]

interface Rules<Values, Input> {
  /** What the procedure takes: of the contract, so that what a form takes the API takes too. */
  schema: z.ZodMiniType
  /** What stands in the fields at first, by their keys in the input, in the order of the screen. */
  start: Values
  /** What would be sent. A field that may be left empty is left out. */
  input: (values: Values) => Input
  says?: Says
  /** What came of the last try. Where it is about a field, the field says so. */
  failure: Failure | null
  /** False for what is better forgotten than kept: a code, a search for a patient. */
  keep?: boolean
}

export interface Fields<Input> {
  /** What would be sent, or the first field that has to be mended; each that has to be says so. */
  check(): { readonly input: Input } | { readonly wrong: string }
  /** Whether something is to be kept that did not stand there at first. */
  typed(): boolean
  /** The field that the last failure is about; null where it is about none of these. */
  readonly refused: string | null
  readonly failure: Failure | null
}

/** Pressing a button says by itself what is wrong, and what it would push aside would not be pressed. */
const goesToButton = ({ relatedTarget }: FocusEvent): boolean => relatedTarget instanceof HTMLButtonElement

/**
 * The one way of a form: fields under the schema of what is sent. What is wrong stands at its field, once the
 * person has left it or tries to send; an empty field is told of by trying alone. Typing takes it back.
 */
export const useContractForm = <Values extends Readonly<Record<string, Value>>, Input>({
  schema,
  start,
  input,
  says,
  failure,
  keep = true,
}: Rules<Values, Input>) => {
  type Key = keyof Values & string
  const order: readonly string[] = Object.keys(start)
  const form = useForm<Values>({
    initialValues: start,
    validate: (values) => troublesIn(schema, input(values), says),
  })
  const typed = () => keep && form.isDirty()
  useEffect(() => noteForm(typed))

  const refused = order.find((key) => key === failure?.field) ?? null
  useEffect(() => {
    if (refused !== null && failure !== null) form.setFieldError(refused, failure.message)
  }, [failure])

  const propsOf = <K extends Key>(key: K) => {
    const { onChange, onFocus } = form.getInputProps(key)
    return {
      value: form.values[key],
      error: form.errors[key],
      'data-path': key,
      'data-autofocus': key === order[0] || undefined,
      /** Takes an event, or the value itself. */
      onChange: (given: unknown): void => onChange(given),
      onFocus: (): void => onFocus(),
      onBlur: (event: FocusEvent): void => {
        const value = form.getValues()[key]
        if (value !== '' && value !== start[key] && !goesToButton(event)) form.validateField(key)
      },
    }
  }

  return {
    values: form.values,
    /** What a text field, or a group of boxes, is given. */
    field: propsOf,
    /** What a list to choose from is given: an empty text stands for no choice. */
    choice: (key: Key) => {
      const { value, onChange, ...props } = propsOf(key)
      return {
        ...props,
        value: typeof value === 'string' && value !== '' ? value : null,
        onChange: (one: string | null) => onChange(one ?? ''),
      }
    },
    /** What one box to tick is given. */
    box: (key: Key) => {
      const { value, ...props } = propsOf(key)
      return {
        ...props,
        checked: value === true,
        'aria-invalid': props.error === undefined ? undefined : true,
      }
    },
    check: () => {
      const { errors } = form.validate()
      const wrong = order.find((key) => errors[key] !== undefined)
      return wrong === undefined ? { input: input(form.getValues()) } : { wrong }
    },
    typed,
    refused,
    failure,
  }
}
