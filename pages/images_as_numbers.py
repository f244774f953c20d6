"""4.1 How images are represented: a picture is numbers, and here they are."""

import streamlit as st

from components import lesson
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.images_as_numbers import below, questions
from components.labs.images_as_numbers.lab import adopt_address, show_lab

IDEA = """
To a computer a picture is an array of numbers. Each **pixel** of a colour picture has three: how
much red, how much green and how much blue. So the picture is **three matrices**, one for each
colour, or **channel**, and its shape is **(height, width, channels)**. Row 0 is at the top,
column 0 on the left.

Each number takes one byte, so it goes from **0** (none of that colour) to **255** (all of it).
Three 0s are black, three 255s are white, and three equal numbers are a grey.

A **grey** picture needs one matrix only, as a handwritten digit of the MNIST data does: 28 × 28
numbers. To make a colour grey, its three numbers are added up with weights, 0.299, 0.587 and
0.114. They are not equal because the eye sees green as brighter than red, and red as brighter
than blue.

Nothing but such numbers goes into a network. From them, networks find the faces in a photo and
tell whose they are, mark what may be a tumour in a medical image, and **tag** pictures with what
is in them. How? By looking for patterns in neighbouring numbers: the next page.
"""

TAKEAWAY = """
- A colour picture is three matrices of numbers from 0 to 255: red, green and blue.
- Its shape is (height, width, channels). Multiplied, they give how many numbers it has.
- Twice as high and twice as wide means four times as many numbers.
- A grey picture is one matrix; grey is 0.299·red + 0.587·green + 0.114·blue.
"""

lesson.begin("images_as_numbers")
adopt_address()
page_runs()
view = st.fragment(show_lab)()

lesson.idea(IDEA)
questions.ask(view)
script = below.keras_program(view)
lesson.in_keras(script, lambda: notebook(script, "How images are represented"), "images_as_numbers")
below.offer_picture(view)
lesson.takeaway(TAKEAWAY)
