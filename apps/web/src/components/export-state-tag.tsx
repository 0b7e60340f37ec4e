import { exportState } from '../lib/export-state.ts'
import { useNow } from '../lib/use-now.ts'
import { StatusTag } from './status-tag.tsx'

export const ExportStateTag = ({ request }: { request: Parameters<typeof exportState>[0] }) => {
  const { label, tone } = exportState(request, useNow(30_000))
  return <StatusTag tone={tone}>{label}</StatusTag>
}
