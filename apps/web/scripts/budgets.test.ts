import { describe, expect, it } from 'vitest'
import { checkBudgets, closure, type ManifestChunk } from './budgets.ts'

const manifest: Record<string, ManifestChunk> = {
  'index.html': { file: 'app.js', src: 'index.html', isEntry: true, imports: ['_shared.js'] },
  'sign-in.html': { file: 'sign-in.js', src: 'sign-in.html', isEntry: true, imports: ['_shared.js'] },
  '_shared.js': { file: 'shared.js' },
  '_table.js': { file: 'table.js', imports: ['_shared.js'] },
  'src/features/users/users-page.tsx': {
    file: 'users.js',
    src: 'src/features/users/users-page.tsx',
    imports: ['_table.js', '_shared.js'],
    dynamicImports: ['src/components/charts/bars.tsx'],
  },
  'src/components/charts/bars.tsx': {
    file: 'bars.js',
    src: 'src/components/charts/bars.tsx',
    // The table is there by then: the page that shows the chart has it.
    imports: ['_shared.js', '_table.js', '_chart.js'],
  },
  '_chart.js': { file: 'chart.js' },
}

const weigh = (heavy: string) => (file: string) => (file === heavy ? 200_000 : 10_000)
const over = (heavy: string) =>
  checkBudgets(manifest, weigh(heavy))
    .filter(({ ok }) => !ok)
    .map(({ name }) => name)

describe('the budgets', () => {
  it('each file is weighed once, however many import it', () => {
    expect([...closure(manifest, 'src/features/users/users-page.tsx')]).toEqual([
      'users.js',
      'table.js',
      'shared.js',
    ])
    expect(checkBudgets(manifest, () => 10_000).map(({ name, bytes }) => [name, bytes])).toEqual([
      ['sign-in', 20_000],
      ['src/features/users/users-page.tsx', 40_000],
      ['src/components/charts/bars.tsx, more', 20_000],
    ])
  })

  it('what is over its budget is named', () => {
    expect(over('sign-in.js')).toEqual(['sign-in'])
    expect(over('chart.js')).toEqual(['src/components/charts/bars.tsx, more'])
    expect(over('nothing.js')).toEqual([])
  })

  it('a build with nothing to weigh fails instead of passing', () => {
    const { 'sign-in.html': _, ...withoutSignIn } = manifest
    expect(() => checkBudgets(withoutSignIn, weigh(''))).toThrow('sign-in.html')
    const { 'src/components/charts/bars.tsx': __, ...withoutChart } = manifest
    expect(() => checkBudgets(withoutChart, weigh(''))).toThrow('no chart')
  })
})
