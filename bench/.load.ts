import { readFileSync } from 'node:fs'
import { fork } from 'node:child_process'
import { messageOf, runChild } from './harness/child.ts'
const { job, s } = JSON.parse(readFileSync('/tmp/bench-setup.json','utf8'))
import { execSync } from 'node:child_process'
const pgcpu=()=>Number(execSync(`P=$(head -1 ${job.keyFolder}/../postgres/postmaster.pid); for c in $(pgrep -P $P); do awk '{print $14+$15}' /proc/$c/stat; done | awk '{s+=$1} END {print s/100}'`).toString())
const which = process.argv[2] ?? 'chartward'
const c = fork(new URL(`./read/${which}-server.ts`,import.meta.url), {execArgv: process.env.PROF?['--cpu-prof','--cpu-prof-dir=/tmp/prof','--cpu-prof-interval=300']:[]})
c.send(JSON.stringify(job))
const {port}=await messageOf<any>(c)
const load=(ms:number)=>runChild<any>(new URL('./harness/load.ts',import.meta.url),{port,path:'/trpc/records.get',headers:{cookie:s.cookie},bodies:s.patientIds.map((id:string)=>JSON.stringify({patientId:id,id})),connections:32,requests:100000,milliseconds:ms})
const cpu=async()=>{c.send('cpu');return (await messageOf<any>(c)).cpuSeconds}
await load(Number(process.env.WARM??3000))
for(let i=0;i<Number(process.argv[3]??2);i++){const b=await cpu();const pb=pgcpu();const r=await load(4000);console.log(which,(r.requests/r.seconds|0)+'/s',r.p50,r.p99,'cpu us',((await cpu())-b)/r.requests*1e6|0,'pg us',(pgcpu()-pb)/r.requests*1e6|0)}
c.disconnect(); await new Promise(r=>c.on('exit',r))
