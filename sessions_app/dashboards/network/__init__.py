"""All clinics together: figures from the stored sums, of which no small one leaves a clinic."""
