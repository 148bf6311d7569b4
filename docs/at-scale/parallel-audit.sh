#!/bin/sh
# GNU parallel audits RECORDS in PARTS parts and puts the results together in OUTPUT:
#   parallel-audit.sh RECORDS FOLDER PARTS OUTPUT [OPTION OF PARALLEL...]
# `--sshloginfile HOSTS --workdir .` takes in other machines that share the folders. Run again after a failure,
# it goes on where each part was. FOLDER is new for every set of records.
set -eu
records=$1 folder=$2 parts=$3 output=$4
shift 4
mkdir -p "$folder"
seq 0 $((parts - 1)) | parallel --halt soon,fail=1 --retries 3 --joblog +"$folder/jobs.log" --resume-failed "$@" \
  flowproof audit "$records" --shard "{}/$parts" --resume --lang zh --fail-on never -q -o "$folder/part-{}.ndjson"
flowproof merge "$folder"/part-*.ndjson -o "$output" --fail-on never
