#!/bin/sh
# One task of a Slurm array audits one part of RECORDS:
#   sbatch --array=0-63 slurm-audit.sh RECORDS FOLDER
# FOLDER is shared by the nodes and new for every run. A task that was killed goes on where it was when Slurm
# starts it again, one that was done does nothing.
#SBATCH --job-name=flowproof-audit
#SBATCH --cpus-per-task=1
#SBATCH --mem=300M
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu
part="$2/part-$SLURM_ARRAY_TASK_ID.ndjson"
[ ! -e "$part" ] || exit 0
exec flowproof audit "$1" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --resume \
  --lang zh --fail-on never -q -o "$part"
