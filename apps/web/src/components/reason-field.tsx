import { Textarea, type TextareaProps } from '@mantine/core'

/** Why something is done: what every act with a reason asks for in the same words. */
export const ReasonField = (props: TextareaProps) => (
  <Textarea
    label="Reason"
    description="Kept in the audit log. Write nothing about a patient here."
    autosize
    minRows={2}
    required
    withAsterisk={false}
    {...props}
  />
)
