import { createInstallation } from './harness/installation.ts'
import { fork, execSync } from 'node:child_process'
const i = await createInstallation()
await i.freshDatabase('b1')
const c = fork(new URL('./import/chartward-import.ts',import.meta.url), {execArgv: process.env.PROF?['--cpu-prof','--cpu-prof-dir=/tmp/prof','--cpu-prof-interval=500']:[]})
c.send(JSON.stringify({databaseUrl:i.server.url('chartward_app','b1'),keyFolder:i.keyFolder,file:'/work/shared/data/fhir-r4/synthea-240-patients.ndjson.gz'}))
c.on('message', m=>console.log(m)); await new Promise(r=>c.on('exit',r))
await new Promise(r=>setTimeout(r,500))
console.log(execSync(`P=$(head -1 ${i.server.folder}/postgres/postmaster.pid); awk '{print "postmaster children cpu s:", ($16+$17)/100}' /proc/$P/stat`).toString())
await i.stop()
