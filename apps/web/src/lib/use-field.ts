import { type ChangeEvent, useState } from 'react'
import type * as z from 'zod/mini'
import { troubleWith } from './field.ts'

/**
 * A text field under a rule of the contract, so that what it takes the API takes too. What is wrong is told
 * once the person has left the field, and never of an empty one. `form` says what the text should look like,
 * `initial` is what stands in it at first.
 */
export const useField = (rule: z.ZodMiniType, form = '', initial = '') => {
  const [text, setText] = useState(initial)
  const [left, setLeft] = useState(false)
  const trouble = troubleWith(rule, text, form)
  return {
    text,
    fits: trouble === null,
    input: {
      value: text,
      error: left && text !== '' ? trouble : null,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        setText(event.currentTarget.value),
      onBlur: () => setLeft(true),
    },
  }
}
