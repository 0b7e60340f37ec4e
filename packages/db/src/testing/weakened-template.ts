import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { TEST_SERVER, testServer } from './test-database.ts'

/**
 * Lets the tests of this process copy their databases from a template that `statement` has weakened, as its
 * owner: for seeing that they miss the safeguard which it takes out. Gives what drops the template.
 */
export const useWeakenedTemplate = async (statement: string): Promise<() => Promise<void>> => {
  const server = testServer()
  const template = `weakened_${randomBytes(6).toString('hex')}`
  const quiet = { max: 1, onnotice: () => undefined }
  const admin = postgres(`${server.logins.chartward_owner}/postgres`, quiet)
  await admin.unsafe(`create database ${template} template ${server.template}`)
  const weakened = postgres(`${server.logins.chartward_owner}/${template}`, quiet)
  await weakened.unsafe(statement)
  await weakened.end()
  process.env[TEST_SERVER] = JSON.stringify({ ...server, template })
  return async () => {
    process.env[TEST_SERVER] = JSON.stringify(server)
    await admin.unsafe(`drop database ${template} with (force)`)
    await admin.end()
  }
}
