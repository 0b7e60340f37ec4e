import { TextInput, type TextInputProps } from '@mantine/core'

/**
 * An address of somebody else. Not type="email": that takes no letters beyond ASCII, and rewrites the domain.
 */
export const EmailField = (props: TextInputProps) => (
  <TextInput
    inputMode="email"
    autoComplete="off"
    autoCapitalize="none"
    spellCheck={false}
    required
    withAsterisk={false}
    {...props}
  />
)
