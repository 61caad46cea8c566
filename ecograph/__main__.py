"""python -m ecograph"""

from ecograph.cli import main

main()
