"""Lets an app's processes live at another time: loaded by Python itself where this folder is on its path."""

import os

import time_machine

time_machine.travel(os.environ["KIT_TEST_MOMENT"], tick=True).start()
