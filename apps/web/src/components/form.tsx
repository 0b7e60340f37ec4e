import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { submitted } from '../lib/submit.ts'
import type { Fields } from '../lib/use-contract-form.ts'

interface Props<Input> {
  fields: Fields<Input>
  pending: boolean
  onSubmit: (input: Input) => void
  className?: string | undefined
  children: ReactNode
}

const CONTROL = 'input:not([type="hidden"]), textarea, button'

/** The control of a field: what carries its key, or the first inside of it, where it is a group. */
const controlOf = (form: HTMLFormElement | null, field: string): HTMLElement | null => {
  const marked = form?.querySelector<HTMLElement>(`[data-path="${field}"]`) ?? null
  return marked === null || marked.matches(CONTROL) ? marked : marked.querySelector<HTMLElement>(CONTROL)
}

/**
 * A form whose fields say themselves what is wrong: the browser's own bubbles are switched off. The focus
 * goes to the first field that has to be mended, whoever found it.
 */
export const Form = <Input,>({ fields, pending, onSubmit, className, children }: Props<Input>) => {
  const form = useRef<HTMLFormElement>(null)
  const goTo = (field: string) => controlOf(form.current, field)?.focus()
  const { failure, refused } = fields
  useEffect(() => {
    if (failure === null) return
    if (refused !== null) goTo(refused)
    // The button was switched off while it worked, and has lost the focus by that.
    else if (document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus()
  }, [failure])
  const submit = (event: FormEvent) => submitted(event, { fields, pending, onSubmit, goTo })
  return (
    <form ref={form} noValidate onSubmit={submit} className={className}>
      {children}
    </form>
  )
}
