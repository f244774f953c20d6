"""How a page gets work done by the models: jobs, progress, and the Dask client.

engine.py       the queue and the connection, one for the whole server
cluster.py      the scheduler and the worker: our own, or the one WORKSHOP_SCHEDULER names
admission.py    what its parts are told, so that they let in only who has their certificate
certificate.py  the program that makes one
worker.py       what runs on a worker: start-up, a job, calls on a network
owner.py        ends our own cluster when the app that started it is gone
jobs.py         a job as a page sees it
visit.py        what belongs to one browser visit; the one file here that knows Streamlit
digits.py       the jobs and calls of the MNIST lesson
"""
