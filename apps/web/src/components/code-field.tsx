import { TextInput } from '@mantine/core'
import type { FocusEventHandler, ReactNode, Ref } from 'react'

/** Six digits from an authenticator app; one field, so that paste, autofill and screen readers work. */
export const CodeField = ({
  value,
  onChange,
  error,
  label = 'Code from your authenticator app',
  required = true,
  takesFocus = true,
  ref,
  ...rest
}: {
  value: string
  onChange: (code: string) => void
  error?: ReactNode
  label?: string
  required?: boolean
  /** Where it is the first thing that a dialog asks for. */
  takesFocus?: boolean
  ref?: Ref<HTMLInputElement>
  onBlur?: FocusEventHandler<HTMLInputElement>
  onFocus?: FocusEventHandler<HTMLInputElement>
  'data-path'?: string
  name?: string
}) => (
  <TextInput
    {...rest}
    ref={ref ?? null}
    label={label}
    description="Six digits; a new one every 30 seconds."
    inputMode="numeric"
    autoComplete="one-time-code"
    maxLength={11}
    required={required}
    withAsterisk={false}
    data-autofocus={takesFocus || undefined}
    error={error ?? null}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
    styles={{ input: { fontVariantNumeric: 'tabular-nums', letterSpacing: '0.2em', fontSize: '1.125rem' } }}
  />
)
