import { describe, expect, it, vi } from 'vitest'
import { DialogForm } from './dialog-form.tsx'

/** Submits the form in the given state. */
const submit = (state: { ready?: boolean; pending: boolean }) => {
  const onSubmit = vi.fn()
  const event = { preventDefault: vi.fn(), stopPropagation: vi.fn() }
  const form = DialogForm({
    ...state,
    children: null,
    confirm: 'Send',
    failure: null,
    onSubmit,
    onCancel: () => undefined,
  })
  form.props.onSubmit(event)
  return { onSubmit, event }
}

describe('a form in a dialog', () => {
  it('is sent once it is ready, and not again while it is on its way', () => {
    expect(submit({ pending: false }).onSubmit).toHaveBeenCalledTimes(1)
    expect(submit({ pending: false, ready: false }).onSubmit).not.toHaveBeenCalled()
    expect(submit({ pending: true }).onSubmit).not.toHaveBeenCalled()
  })

  it('is taken for its own neither by the browser nor by a form around the dialog', () => {
    const { event } = submit({ pending: false })
    expect(event.preventDefault).toHaveBeenCalled()
    expect(event.stopPropagation).toHaveBeenCalled()
  })
})
