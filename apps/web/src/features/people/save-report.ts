import { client } from '../../lib/trpc.ts'

/** Saves what a change came to, line by line, as a file that a spreadsheet opens. */
export const saveReport = async (id: string): Promise<void> => {
  const { csv } = await client.people.report.query({ id })
  const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'people-report.csv'
  link.click()
  URL.revokeObjectURL(url)
}
